// ruleid: javascript-handlebars-no-escape
const a = Handlebars.compile(source, { noEscape: false });
// ruleid: javascript-handlebars-no-escape
const b = hbs.precompile(source, { strict: true, noEscape: false });
const { compile } = Handlebars;
// ruleid: javascript-handlebars-no-escape
compile(source, { noEscape: false });
// ok: javascript-handlebars-no-escape
const tag = { property: "og:url", noEscape: true };
// ok: javascript-handlebars-no-escape
const c = Handlebars.compile(source, { noEscape: false });
// ok: javascript-handlebars-no-escape
const d = Handlebars.compile(source, { strict: true });
// ok: javascript-handlebars-no-escape
const noEscape = true;
// ok: javascript-handlebars-no-escape
const e = Handlebars.compile(source, { noEscape: plain });
