app.use((error, req, res, next) => {
  // ruleid: javascript-error-details
  res.status(500).send(error.stack);
  // ruleid: javascript-error-details
  res.send(error.stack);
  // ruleid: javascript-error-details
  res.status(500).json({ message: "failed", stack: error.stack });
  // ok: javascript-error-details
  console.error(error.stack);
  // ok: javascript-error-details
  res.status(500).send("something went wrong");
  // ok: javascript-error-details
  res.status(400).json({ message: error.message });
  // ok: javascript-error-details
  report.send(error.stack);
});

async function moreForms(req, res, request) {
  // ruleid: javascript-error-details
  try { work(); } catch (error) { res.json({ stack: error.stack }); }
}
