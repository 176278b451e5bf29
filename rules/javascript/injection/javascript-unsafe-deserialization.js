const serialize = require("node-serialize");
const { unserialize } = require("node-serialize");
const yaml = require("js-yaml");

// ruleid: javascript-unsafe-deserialization
serialize.unserialize(req.cookies.profile);
// ruleid: javascript-unsafe-deserialization
const profile = unserialize(text);
// ruleid: javascript-unsafe-deserialization
const settings = yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });

// ok: javascript-unsafe-deserialization
JSON.parse(req.cookies.profile);
// ok: javascript-unsafe-deserialization
yaml.load(text);
// ok: javascript-unsafe-deserialization
serialize.serialize({ a: 1 });
// ok: javascript-unsafe-deserialization
yaml.load(text, { schema: yaml.JSON_SCHEMA });
