function assign(target, source) {
  for (const key in source) {
    // ok: javascript-unsafe-deep-merge
    target[key] = source[key];
  }
}

function clone(value) {
  const copy = {};
  for (const key in value) {
    // ok: javascript-unsafe-deep-merge
    copy[key] = clone(value[key]);
  }
  return copy;
}

function first(target, source) {
  // ok: javascript-unsafe-deep-merge
  target["name"] = source["name"];
}

function second(target, source, key) {
  // ok: javascript-unsafe-deep-merge
  target[key] = source[key];
}

function deepmerge(target, source) {
  const result = {};
  for (const key of Object.keys(source)) {
    if (isObject(source[key])) result[key] = deepmerge(target[key], source[key]);
    // ok: javascript-unsafe-deep-merge
    else result[key] = source[key];
  }
  return result;
}
