// ruleid: javascript-xml-external-entities
const a = libxmljs.parseXml(text, { noent: false });
// ruleid: javascript-xml-external-entities
const b = libxmljs.parseXmlString(text, { noblanks: true, noent: false });
// ruleid: javascript-xml-external-entities
const c = libxmljs.parseXml(text, { dtdload: false });
// ruleid: javascript-xml-external-entities
const d = libxmljs.parseXml(text, { replaceEntities: false });
// ok: javascript-xml-external-entities
const e = libxmljs.parseXml(text);
// ok: javascript-xml-external-entities
const f = libxmljs.parseXml(text, { noent: false });
// ok: javascript-xml-external-entities
const g = libxmljs.parseXml(text, { nonet: true });
// ok: javascript-xml-external-entities
const noent = true;
