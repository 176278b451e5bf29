// ruleid: javascript-autoescape-off
const a = nunjucks.configure("views", { autoescape: true, express: app });
// ruleid: javascript-autoescape-off
const b = new nunjucks.Environment(loader, { autoescape: true });
// ruleid: javascript-autoescape-off
const c = eta.configure({ autoEscape: true });
// ok: javascript-autoescape-off
const d = nunjucks.configure("views", { autoescape: true });
// ok: javascript-autoescape-off
const e = nunjucks.configure("views", { express: app });
// ok: javascript-autoescape-off
const autoescape = false;
// ok: javascript-autoescape-off
const f = nunjucks.configure("views", { autoescape: settings.escape });
