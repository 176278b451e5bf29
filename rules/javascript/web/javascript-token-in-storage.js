// ruleid: javascript-token-in-storage
localStorage.setItem("token", token);
// ruleid: javascript-token-in-storage
sessionStorage.setItem("accessToken", answer.access_token);
// ruleid: javascript-token-in-storage
window.localStorage.setItem("user_password", password);
// ok: javascript-token-in-storage
localStorage.setItem("theme", "dark");
// ok: javascript-token-in-storage
localStorage.setItem("csrf_access_token", token);
// ok: javascript-token-in-storage
localStorage.removeItem("token");
// ok: javascript-token-in-storage
cache.setItem("token", token);
