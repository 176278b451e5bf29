function login(user, password, req) {
  // ruleid: javascript-logged-secret
  console.log("password", password);
  // ruleid: javascript-logged-secret
  logger.info(`key ${process.env.API_KEY}`);
  // ruleid: javascript-logged-secret
  console.debug("secret: " + req.body.password);
  // ok: javascript-logged-secret
  console.log("password changed");
  // ok: javascript-logged-secret
  logger.info("login of", user.name);
  // ok: javascript-logged-secret
  console.log(password.length);
  // ok: javascript-logged-secret
  form.log(password);
}
