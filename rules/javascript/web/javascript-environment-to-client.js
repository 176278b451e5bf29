app.get("/debug", (req, res) => {
  // ruleid: javascript-environment-to-client
  res.json(process.env);
  // ruleid: javascript-environment-to-client
  res.status(200).send({ uptime, env: process.env });
  // ruleid: javascript-environment-to-client
  res.end(JSON.stringify(process.env, null, 2));
  // ruleid: javascript-environment-to-client
  res.json({ uptime, ...process.env });
  // ok: javascript-environment-to-client
  res.json({ version: process.env.VERSION });
  // ok: javascript-environment-to-client
  res.send(process.env.NODE_ENV);
  // ok: javascript-environment-to-client
  start(process.env);
  // ok: javascript-environment-to-client
  res.json(JSON.stringify(settings));
});
