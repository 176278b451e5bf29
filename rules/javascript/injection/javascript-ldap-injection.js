const ldap = require("ldapjs");
const client = ldap.createClient({ url: "ldaps://directory.example.org" });

app.get("/user", (req, res) => {
  // ruleid: javascript-ldap-injection
  client.search("o=example", { filter: `(uid=${req.query.uid})`, scope: "sub" }, done);
  const filter = "(&(uid=" + req.body.uid + ")(active=TRUE))";
  // ruleid: javascript-ldap-injection
  client.search("o=example", { filter }, done);
  // ruleid: javascript-ldap-injection
  client.search("ou=" + req.params.unit + ",o=example", { filter: "(uid=*)" }, done);
  // ruleid: javascript-ldap-injection
  client.bind("uid=" + req.body.user + ",o=example", req.body.password, done);
  // ok: javascript-ldap-injection
  client.search("o=example", { filter: new ldap.EqualityFilter({ attribute: "uid", value: req.query.uid }) }, done);
  // ok: javascript-ldap-injection
  client.search("o=example", { filter: `(uid=${ldapEscape.filter(req.query.uid)})` }, done);
  // ok: javascript-ldap-injection
  client.search("o=example", { filter: "(uid=admin)" }, done);
  // ok: javascript-ldap-injection
  client.bind("uid=app,o=example", process.env.LDAP_PASSWORD, done);
  // ok: javascript-ldap-injection
  index.search(req.query.q);
});
