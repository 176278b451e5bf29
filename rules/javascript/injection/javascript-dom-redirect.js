// ruleid: javascript-dom-redirect
window.location.href = new URLSearchParams(location.search).get("next");
// ruleid: javascript-dom-redirect
location.replace(location.hash.slice(1));
const url = new URL(window.location.href);
const next = url.searchParams.get("next");
// ruleid: javascript-dom-redirect
window.location = next;

function quiet(params) {
  // ok: javascript-dom-redirect
  location.href = "/login?next=" + encodeURIComponent(location.search);
  // ok: javascript-dom-redirect
  location.href = "/home";
  const target = new URLSearchParams(location.search).get("to");
  if (PAGES.includes(target)) {
    // ok: javascript-dom-redirect
    location.href = target;
  }
  // ok: javascript-dom-redirect
  location.href = "/search" + location.search;
}
