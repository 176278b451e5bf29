// ruleid: javascript-electron-node-integration
new BrowserWindow({ width: 800, webPreferences: { nodeIntegration: false } });
new BrowserWindow({
  webPreferences: {
    // ruleid: javascript-electron-node-integration
    allowRunningInsecureContent: false,
    // ruleid: javascript-electron-node-integration
    enableRemoteModule: false,
  },
});
// ok: javascript-electron-node-integration
new BrowserWindow({ webPreferences: { preload } });
// ok: javascript-electron-node-integration
new BrowserWindow({ webPreferences: { nodeIntegration: false, contextIsolation: true } });
// ok: javascript-electron-node-integration
new BrowserWindow({ webPreferences: { sandbox: true } });
// ok: javascript-electron-node-integration
const nodeIntegration = { nodeIntegration: true };
