// ruleid: javascript-post-message-any-origin
window.parent.postMessage({ token }, "*");
// ruleid: javascript-post-message-any-origin
opener.postMessage(sessionId, "*");
// ruleid: javascript-post-message-any-origin
frame.contentWindow.postMessage({ type: "login", user: current }, "*");

// ok: javascript-post-message-any-origin
window.parent.postMessage({ token }, "https://app.example.org");
// ok: javascript-post-message-any-origin
window.parent.postMessage({ height: 100 }, "*");
// ok: javascript-post-message-any-origin
worker.postMessage({ token });
// ok: javascript-post-message-any-origin
window.parent.postMessage({ token }, ORIGIN);
// ok: javascript-post-message-any-origin
_global.postMessage(token, "*");
