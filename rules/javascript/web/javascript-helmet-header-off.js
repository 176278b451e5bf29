// ruleid: javascript-helmet-header-off
app.use(helmet({ contentSecurityPolicy: false }));
// ruleid: javascript-helmet-header-off
app.use(helmet({ hidePoweredBy: true, frameguard: false }));
// ruleid: javascript-helmet-header-off
app.use(helmet({ hsts: false, noSniff: true }));
// ok: javascript-helmet-header-off
app.use(helmet());
// ok: javascript-helmet-header-off
app.use(helmet({ contentSecurityPolicy: { directives } }));
// ok: javascript-helmet-header-off
app.use(helmet({ crossOriginEmbedderPolicy: false }));
// ok: javascript-helmet-header-off
const settings = { contentSecurityPolicy: false };
