const session = require("express-session");

// ruleid: javascript-cookie-flags
res.cookie("session", token, { httpOnly: false });
// ruleid: javascript-cookie-flags
response.cookie("auth", token, { maxAge: 60, secure: false });
// ruleid: javascript-cookie-flags
app.use(session({ secret: key, cookie: { secure: false } }));

// ok: javascript-cookie-flags
res.cookie("session", token, { httpOnly: true, secure: true, sameSite: "lax" });
// ok: javascript-cookie-flags
res.cookie("XSRF-TOKEN", token, { httpOnly: false });
// ok: javascript-cookie-flags
const transport = mail({ host, secure: false });
// ok: javascript-cookie-flags
res.cookie("session", token, { secure: production });

async function moreForms(req, res, request) {
  // ruleid: javascript-cookie-flags
  app.use(cookieSession({ secret: secret, secure: false }));
}

// ruleid: javascript-cookie-flags
reply.setCookie("session", token, { httpOnly: false });
// ruleid: javascript-cookie-flags
ctx.cookies.set("session", token, { httpOnly: false });

async function login() {
  // ruleid: javascript-cookie-flags
  cookies().set("session", token, { httpOnly: false });
  // ruleid: javascript-cookie-flags
  (await cookies()).set("session", token, { secure: false });
  // ok: javascript-cookie-flags
  cookies().set("session", token, { httpOnly: true, secure: true });
  // ok: javascript-cookie-flags
  cache().set("session", token, { secure: false });
}
