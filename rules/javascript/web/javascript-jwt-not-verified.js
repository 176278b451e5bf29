const jwt = require("jsonwebtoken");

// ruleid: javascript-jwt-not-verified
jwt.verify(token, key, { algorithms: ["HS256", "none"] });
// ruleid: javascript-jwt-not-verified
jwt.sign(claims, "", { algorithm: "none" });
// ruleid: javascript-jwt-not-verified
jwt.verify(token, null, done);

// ok: javascript-jwt-not-verified
jwt.verify(token, key, { algorithms: ["RS256"] });
// ok: javascript-jwt-not-verified
jwt.sign(claims, key, { algorithm: "RS256" });
// ok: javascript-jwt-not-verified
jwt.verify(token, key);
// ok: javascript-jwt-not-verified
form.verify(input, rules);

async function moreForms(req, res, request) {
  // ruleid: javascript-jwt-not-verified
  jwt.verify(token, "", { algorithms: ["HS256"] });
}
