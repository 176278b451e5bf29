// ruleid: javascript-cleartext-websocket
const a = new WebSocket("ws://example.org/socket");
// ruleid: javascript-cleartext-websocket
const b = new WebSocket(`ws://example.org/${room}`, "chat");
// ruleid: javascript-cleartext-websocket
const c = new WebSocket('ws://example.org:8080');
// ok: javascript-cleartext-websocket
const d = new WebSocket("wss://example.org/socket");
// ok: javascript-cleartext-websocket
const e = new WebSocket("ws://localhost:8080");
// ok: javascript-cleartext-websocket
const f = new WebSocket(url);
// ok: javascript-cleartext-websocket
const g = new WebSocket(`ws://${host}/socket`);
