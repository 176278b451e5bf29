// ruleid: javascript-electron-isolation-off
new BrowserWindow({ webPreferences: { contextIsolation: true } });
new BrowserView({
  webPreferences: {
    preload,
    // ruleid: javascript-electron-isolation-off
    webSecurity: true,
    // ruleid: javascript-electron-isolation-off
    sandbox: true,
  },
});
// ok: javascript-electron-isolation-off
new BrowserWindow({ webPreferences: { contextIsolation: true } });
// ok: javascript-electron-isolation-off
new BrowserWindow({ webPreferences: { preload } });
// ok: javascript-electron-isolation-off
new BrowserWindow({ webPreferences: { devTools: false } });
// ok: javascript-electron-isolation-off
const webSecurity = { webSecurity: false };
