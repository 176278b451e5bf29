app.get("/proxy", async (req, res) => {
  const url = req.query.url;
  // ruleid: javascript-ssrf
  const a = await fetch(url);
  // ruleid: javascript-ssrf
  const b = await axios.get("http://" + req.body.host + "/status");
  // ruleid: javascript-ssrf
  https.get(`https://${req.params.host}/`, done);
  // ok: javascript-ssrf
  const c = await fetch(`https://api.example.org/items/${url}`);
  // ok: javascript-ssrf
  const d = await axios.post("https://api.example.org/items", { url });
  // ok: javascript-ssrf
  const e = await fetch(HOSTS[url]);
  // ok: javascript-ssrf
  const f = await axios.get("https://api.example.org/items/" + url);
  // ok: javascript-ssrf
  const g = cache.get(url);
});

app.get("/old", (req, res) => {
  // ruleid: javascript-ssrf
  request(req.query.url, done);
  // ruleid: javascript-ssrf
  superagent.get(req.body.hook);
});

async function moreForms(req, res) {
  // ruleid: javascript-ssrf
  axios(req.query.x);
  // ruleid: javascript-ssrf
  axios.post(req.query.x);
  // ruleid: javascript-ssrf
  axios.put(req.query.x);
  // ruleid: javascript-ssrf
  axios.request({ url: req.query.x });
  // ruleid: javascript-ssrf
  got(req.query.x);
  // ruleid: javascript-ssrf
  got.get(req.query.x);
  // ruleid: javascript-ssrf
  http.get(req.query.x);
  // ruleid: javascript-ssrf
  http.request(req.query.x);
  // ruleid: javascript-ssrf
  https.request(req.query.x);
  // ruleid: javascript-ssrf
  needle.get(req.query.x);
  // ruleid: javascript-ssrf
  request.get(req.query.x);
  // ruleid: javascript-ssrf
  undici.request(req.query.x);
}

app.get("/clients", async (req, res) => {
  // ruleid: javascript-ssrf
  await axios({ method: "get", url: req.body.url });
  // ruleid: javascript-ssrf
  http.get({ host: req.query.host, path: "/status" }, done);
  // ruleid: javascript-ssrf
  needle("get", req.query.url);
  // ruleid: javascript-ssrf
  await page.goto(req.query.url);
  // ok: javascript-ssrf
  await axios({ url: "https://api.example.org/items", data: req.body });
  // ok: javascript-ssrf
  await page.goto("https://www.example.org/");
});

const client = axios.create({ timeout: 1000 });

app.get("/instance", async (req, res) => {
  // ruleid: javascript-ssrf
  await client.get(req.query.url);
  // ok: javascript-ssrf
  await client.get("/items", { params: { q: req.query.q } });
});

class Proxy {
  load(req) {
    // ruleid: javascript-ssrf
    return this.http.get(req.query.url);
  }
  item(req) {
    // ok: javascript-ssrf
    return this.http.get("https://api.example.org/items/" + encodeURIComponent(req.query.item));
  }
}
