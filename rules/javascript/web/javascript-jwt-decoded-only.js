const jwt = require("jsonwebtoken");
const { decode } = require("jsonwebtoken");

function user(req, res, next) {
  // ruleid: javascript-jwt-decoded-only
  req.user = jwt.decode(req.headers.authorization.split(" ")[1]);
  next();
}

function isAdmin(token) {
  // ruleid: javascript-jwt-decoded-only
  const claims = decode(token);
  return claims.admin;
}

function role(req, token) {
  // ruleid: javascript-jwt-decoded-only
  req.user = jwt_decode(token);
}

function key(token) {
  // ok: javascript-jwt-decoded-only
  return keys[jwt.decode(token, { complete: true }).header.kid];
}

function first(token) {
  // ok: javascript-jwt-decoded-only
  const { iss } = jwt.decode(token);
  return jwt.verify(token, keyOf(iss), { algorithms: ["RS256"] });
}

function second(token) {
  // ok: javascript-jwt-decoded-only
  const { iss } = jwt.decode(token);
  const claims = jwt.verify(token, keyOf(iss), { algorithms: ["RS256"] });
  return claims.sub;
}

function third(token, done) {
  // ok: javascript-jwt-decoded-only
  const { iss } = jwt.decode(token);
  jwt.verify(token, keyOf(iss), { algorithms: ["RS256"] }, done);
}

function ends(token) {
  // ok: javascript-jwt-decoded-only
  return jwt.decode(token).exp;
}

function verified(token) {
  // ok: javascript-jwt-decoded-only
  return jwt.verify(token, key, { algorithms: ["RS256"] });
}

function algorithm(token) {
  // ok: javascript-jwt-decoded-only
  return decode(token, { complete: true }).header.alg;
}

function text(bytes) {
  // ok: javascript-jwt-decoded-only
  return decoder.decode(bytes);
}
