// Shows what is searched for and keeps a visitor's token. Deliberately vulnerable: see README.md.
const output = document.getElementById("searched");
const term = new URLSearchParams(window.location.search).get("q");

output.innerHTML = "<b>" + decodeURIComponent(term) + "</b>";

function showSafely(text) {
  output.textContent = text;
}

function visitorToken() {
  return Math.random().toString(36).slice(2);
}

window.parent.postMessage({ token: visitorToken() }, "*");
showSafely(term);
