const cors = require("cors");

// ruleid: javascript-cors-any-origin
app.use(cors({ origin: true, credentials: true }));
// ruleid: javascript-cors-any-origin
app.use(cors({ origin: "*", methods: ["GET"], credentials: true }));
app.use((req, res, next) => {
  // ruleid: javascript-cors-any-origin
  res.setHeader("Access-Control-Allow-Origin", req.headers.origin);
  // ruleid: javascript-cors-any-origin
  res.header("Access-Control-Allow-Origin", req.get("Origin") || "*");
  // ok: javascript-cors-any-origin
  res.header("Access-Control-Allow-Origin", "https://shop.example.org");
  // ok: javascript-cors-any-origin
  res.header("Access-Control-Allow-Origin", allowed);
  next();
});
// ok: javascript-cors-any-origin
app.use(cors());
// ok: javascript-cors-any-origin
app.use(cors({ origin: ["https://shop.example.org"], credentials: true }));

async function moreForms(req, res, request) {
  // ruleid: javascript-cors-any-origin
  res.header("access-control-allow-origin", req.headers.origin);
}

// ruleid: javascript-cors-any-origin
app.use(cors({ origin: (origin, callback) => { callback(null, true); }, credentials: true }));
// ruleid: javascript-cors-any-origin
server.route({ method: "GET", path: "/", options: { cors: { origin: ["*"], credentials: true } } });
// ok: javascript-cors-any-origin
app.use(cors({ origin: (origin, callback) => { callback(null, known.has(origin)); }, credentials: true }));
// ok: javascript-cors-any-origin
app.use(cors({ origin: "*" }));
