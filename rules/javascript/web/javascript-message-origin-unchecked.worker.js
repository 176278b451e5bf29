importScripts("library.js");
// ok: javascript-message-origin-unchecked
addEventListener("message", (event) => apply(event.data));
