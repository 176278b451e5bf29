// ruleid: javascript-helmet-header-off
app.use(helmet({ contentSecurityPolicy: true }));
// ruleid: javascript-helmet-header-off
app.use(helmet({ hidePoweredBy: true, frameguard: true }));
// ruleid: javascript-helmet-header-off
app.use(helmet({ hsts: true, noSniff: true }));
// ok: javascript-helmet-header-off
app.use(helmet());
// ok: javascript-helmet-header-off
app.use(helmet({ contentSecurityPolicy: { directives } }));
// ok: javascript-helmet-header-off
app.use(helmet({ crossOriginEmbedderPolicy: false }));
// ok: javascript-helmet-header-off
const settings = { contentSecurityPolicy: false };
