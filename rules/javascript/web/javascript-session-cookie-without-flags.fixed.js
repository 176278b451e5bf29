app.get("/login", (req, res) => {
  // ruleid: javascript-session-cookie-without-flags
  res.cookie("session", token, { httpOnly: true, secure: true, sameSite: "lax" });
  // ruleid: javascript-session-cookie-without-flags
  res.cookie("auth_token", token, { maxAge: 60 });
  // ruleid: javascript-session-cookie-without-flags
  res.cookie("connect.sid", id, { secure: true });
  // ok: javascript-session-cookie-without-flags
  res.cookie("session", token, { httpOnly: true, secure: true, sameSite: "lax" });
  // ok: javascript-session-cookie-without-flags
  res.cookie("theme", "dark");
  // ok: javascript-session-cookie-without-flags
  res.cookie("session", token, options);
  // ok: javascript-session-cookie-without-flags
  res.cookie("XSRF-TOKEN", token);
});
