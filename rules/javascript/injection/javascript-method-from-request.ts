class Dispatcher {
  run(req) {
    // ruleid: javascript-method-from-request
    (this as any)[req.query.method as string]();
    // ok: javascript-method-from-request
    (this as any)["refresh"]();
  }
}
