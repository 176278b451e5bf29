// ruleid: javascript-cleartext-websocket
const a = new WebSocket("wss://example.org/socket");
// ruleid: javascript-cleartext-websocket
const b = new WebSocket(`wss://example.org/${room}`, "chat");
// ruleid: javascript-cleartext-websocket
const c = new WebSocket('wss://example.org:8080');
// ok: javascript-cleartext-websocket
const d = new WebSocket("wss://example.org/socket");
// ok: javascript-cleartext-websocket
const e = new WebSocket("ws://localhost:8080");
// ok: javascript-cleartext-websocket
const f = new WebSocket(url);
// ok: javascript-cleartext-websocket
const g = new WebSocket(`ws://${host}/socket`);
