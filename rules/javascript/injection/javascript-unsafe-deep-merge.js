function mergeDeep(target, source) {
  for (const key in source) {
    if (typeof source[key] === "object") mergeDeep(target[key], source[key]);
    // ruleid: javascript-unsafe-deep-merge
    else target[key] = source[key];
  }
}

const extend = (target, source) => {
  Object.keys(source).forEach((key) => {
    if (isObject(source[key])) {
      extend(target[key], source[key]);
    } else {
      // ruleid: javascript-unsafe-deep-merge
      target[key] = source[key];
    }
  });
};

function defaults(target, source) {
  for (const name of Object.keys(source)) {
    if (isObject(target[name])) defaults(target[name], source[name]);
    // ruleid: javascript-unsafe-deep-merge
    else target[name] = source[name];
  }
  for (var other in source) {
    // ruleid: javascript-unsafe-deep-merge
    target[other] = source[other];
  }
  for (let third in source) {
    // ruleid: javascript-unsafe-deep-merge
    target[third] = source[third];
  }
  names.forEach(function (key) {
    // ruleid: javascript-unsafe-deep-merge
    target[key] = source[key];
  });
}
