function show(list, item, rows) {
  // ruleid: javascript-html-string-building
  list.innerHTML = "<li>" + item.name + "</li>";
  // ruleid: javascript-html-string-building
  list.innerHTML += `<li>${item.title}</li>`;
  // ruleid: javascript-html-string-building
  list.insertAdjacentHTML("beforeend", `<p>${item.comment}</p>`);
  // ok: javascript-html-string-building
  list.textContent = "Hello " + item.name;
  // ok: javascript-html-string-building
  list.innerHTML = "<li>new</li>";
  // ok: javascript-html-string-building
  list.innerHTML = `<li>${escapeHtml(item.name)}</li>`;
  // ok: javascript-html-string-building
  list.innerHTML = `<li>${rows.length}</li>`;
}

function show(element, name, html) {
  // ruleid: javascript-html-string-building
  element.innerHTML = name;
  // ok: javascript-html-string-building
  element.textContent = name;
  // ok: javascript-html-string-building
  element.innerHTML = html;
}

async function moreForms(title) {
  // ruleid: javascript-html-string-building
  element.innerHTML = `<p>${title}</p>`;
  // ruleid: javascript-html-string-building
  element.innerHTML += "<p>" + title + "</p>";
  // ruleid: javascript-html-string-building
  element.innerHTML = "<p>" + title;
  // ruleid: javascript-html-string-building
  element.outerHTML = `<p>${title}</p>`;
  // ruleid: javascript-html-string-building
  element.insertAdjacentHTML("beforeend", "<p>" + title + "</p>");
  // ruleid: javascript-html-string-building
  element.outerHTML = title;
  // ruleid: javascript-html-string-building
  document.write(`<p>${title}</p>`);
  // ruleid: javascript-html-string-building
  document.write("<p>" + title + "</p>");
}
