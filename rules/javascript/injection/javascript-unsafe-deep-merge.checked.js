function mergeDeep(target, source) {
  for (const key in source) {
    if (key === "__proto__") continue;
    if (typeof source[key] === "object") mergeDeep(target[key], source[key]);
    // ok: javascript-unsafe-deep-merge
    else target[key] = source[key];
  }
}
