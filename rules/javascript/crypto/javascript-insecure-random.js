// ruleid: javascript-insecure-random
const token = Math.random().toString(36).slice(2);
// ruleid: javascript-insecure-random
user.resetToken = "r" + Math.random();
function makePassword() {
  // ruleid: javascript-insecure-random
  return Math.random().toString(36);
}

// ok: javascript-insecure-random
const id = crypto.randomUUID();
// ok: javascript-insecure-random
const delay = Math.random() * 1000;
// ok: javascript-insecure-random
const secret = crypto.randomBytes(32).toString("hex");
// ok: javascript-insecure-random
element.style.left = Math.random() + "px";

async function moreForms(req, res, request) {
  // ruleid: javascript-insecure-random
  const user = { token: Math.random().toString(36) };
  // ruleid: javascript-insecure-random
  const newToken = () => Math.random().toString(36);
}

// ruleid: javascript-insecure-random
const verificationCode = Math.random().toString().slice(2, 8);
// ok: javascript-insecure-random
const colorCode = Math.random().toString(16).slice(2, 8);
