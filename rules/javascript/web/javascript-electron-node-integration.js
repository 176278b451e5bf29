// ruleid: javascript-electron-node-integration
new BrowserWindow({ width: 800, webPreferences: { nodeIntegration: true } });
new BrowserWindow({
  webPreferences: {
    // ruleid: javascript-electron-node-integration
    allowRunningInsecureContent: true,
    // ruleid: javascript-electron-node-integration
    enableRemoteModule: true,
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
