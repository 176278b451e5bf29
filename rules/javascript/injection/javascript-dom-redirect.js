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

async function moreForms(req, res, request) {
  // ruleid: javascript-dom-redirect
  location.href = window.location.hash.slice(1);
  // ruleid: javascript-dom-redirect
  document.location.href = document.location.hash.slice(1);
  // ruleid: javascript-dom-redirect
  document.location = location.hash.slice(1);
  // ruleid: javascript-dom-redirect
  location.assign(location.hash.slice(1));
  // ruleid: javascript-dom-redirect
  window.location.replace(location.hash.slice(1));
  // ruleid: javascript-dom-redirect
  window.location.assign(location.hash.slice(1));
}

function cleaned() {
  // ok: javascript-dom-redirect
  location.href = encodeURIComponent(location.hash);
  // ok: javascript-dom-redirect
  location.href = sanitizeUrl(location.hash);
}

// ruleid: javascript-dom-redirect
window.open(new URLSearchParams(location.search).get("next"), "_blank");
// ok: javascript-dom-redirect
window.open("https://example.org/");

function Back() {
  const params = useSearchParams();
  // ruleid: javascript-dom-redirect
  window.location.href = params.get("returnTo");
  // ok: javascript-dom-redirect
  window.location.href = "/search?q=" + encodeURIComponent(params.get("q"));
}

function Next() {
  const [params] = useSearchParams();
  const route = useRoute();
  const known = new Map();
  // ruleid: javascript-dom-redirect
  location.href = params.get("next");
  // ruleid: javascript-dom-redirect
  location.assign(route.query.next);
  // ok: javascript-dom-redirect
  location.href = known.get("next");
}

const page = {
  go() {
    // ruleid: javascript-dom-redirect
    window.location.href = this.$route.query.next;
    // ok: javascript-dom-redirect
    window.location.href = this.$route.path;
  },
};

function Go() {
  // ruleid: javascript-dom-redirect
  location.replace(useSearchParams().get("next"));
}
