// ruleid: javascript-jwt-expiry-ignored
jwt.verify(token, key, { algorithms: ["RS256"], ignoreExpiration: false });
// ruleid: javascript-jwt-expiry-ignored
passport.use(new JwtStrategy({ jwtFromRequest, secretOrKey, ignoreExpiration: false }, done));
// ruleid: javascript-jwt-expiry-ignored
const options = { ignoreExpiration: false };
// ok: javascript-jwt-expiry-ignored
jwt.verify(token, key, { algorithms: ["RS256"] });
// ok: javascript-jwt-expiry-ignored
jwt.verify(token, key, { algorithms: ["RS256"], ignoreExpiration: false });
// ok: javascript-jwt-expiry-ignored
jwt.verify(token, key, { algorithms: ["RS256"], maxAge: "1h" });
// ok: javascript-jwt-expiry-ignored
const ignoreExpiration = true;
