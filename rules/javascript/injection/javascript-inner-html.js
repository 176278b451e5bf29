const element = document.getElementById("out");

// ruleid: javascript-inner-html
element.innerHTML = decodeURIComponent(location.hash.slice(1));

const query = new URLSearchParams(window.location.search).get("q");
// ruleid: javascript-inner-html
element.insertAdjacentHTML("beforeend", `<b>${query}</b>`);
// ruleid: javascript-inner-html
document.write("<p>" + document.referrer + "</p>");

window.addEventListener("message", (event) => {
  // ruleid: javascript-inner-html
  element.innerHTML = event.data;
});

// ok: javascript-inner-html
element.textContent = location.hash.slice(1);
// ok: javascript-inner-html
element.innerHTML = DOMPurify.sanitize(query);
// ok: javascript-inner-html
element.innerHTML = "<b>done</b>";
// ok: javascript-inner-html
element.innerHTML = escapeHtml(query);
// ok: javascript-inner-html
element.innerHTML = `<b>${Number(query)}</b>`;

async function moreForms(req, res, request) {
  // ruleid: javascript-inner-html
  element.innerHTML = response.responseText;
  // ruleid: javascript-inner-html
  element.innerHTML = localStorage.getItem("x");
  // ruleid: javascript-inner-html
  element.innerHTML = sessionStorage.getItem("x");
  // ruleid: javascript-inner-html
  element.outerHTML = location.hash;
  // ruleid: javascript-inner-html
  element.innerHTML += location.hash;
  // ruleid: javascript-inner-html
  document.writeln(location.hash);
  // ruleid: javascript-inner-html
  range.createContextualFragment(location.hash);
  // ruleid: javascript-inner-html
  $("#x").html(location.hash);
}

function cleaned() {
  // ok: javascript-inner-html
  element.innerHTML = DOMPurify.sanitize(location.hash);
}

function messages() {
  addEventListener("message", (event) => {
  // ruleid: javascript-inner-html
  element.innerHTML = event.data;
  });
}

// ruleid: javascript-inner-html
$("#list").append(location.hash);
// ruleid: javascript-inner-html
frame.srcdoc = location.hash.slice(1);
// ruleid: javascript-inner-html
button.setAttribute("onclick", location.hash.slice(1));
// ok: javascript-inner-html
button.setAttribute("title", location.hash.slice(1));
// ok: javascript-inner-html
$("#list").text(location.hash);

// ruleid: javascript-inner-html
jQuery("#list").html(location.hash);
