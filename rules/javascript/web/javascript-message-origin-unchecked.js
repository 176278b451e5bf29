// ruleid: javascript-message-origin-unchecked
window.addEventListener("message", (event) => apply(event.data));
// ruleid: javascript-message-origin-unchecked
addEventListener("message", function (e) {
  document.title = e.data.title;
});
// ruleid: javascript-message-origin-unchecked
window.onmessage = ({ data }) => apply(data);
// ruleid: javascript-message-origin-unchecked
$(window).on("message", (e) => apply(e.originalEvent.data));
// ok: javascript-message-origin-unchecked
window.addEventListener("message", (event) => {
  if (event.origin === "https://app.example.org") apply(event.data);
});
// ok: javascript-message-origin-unchecked
window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  apply(event.data);
});
// ok: javascript-message-origin-unchecked
window.addEventListener("message", listener);
// ok: javascript-message-origin-unchecked
window.addEventListener("click", (event) => apply(event.data));
// ok: javascript-message-origin-unchecked
worker.addEventListener("message", (event) => apply(event.data));
