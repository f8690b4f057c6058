/** Over the reader's own style sheet: our type and colours, every text at 4.5:1, and no sideways scrolling on a phone. */
export const documentLook = `
:root {
  color-scheme: light dark;
  --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  --page: #f8f9fb; --ink: #171c24; --dim: #49525f; --line: #d8dde3; --link: #4353b5;
  --get: #046696; --post: #02723b; --put: #8e5b00; --delete: #ac2129; --on: #fff;
}
:root.dark-mode {
  --page: #0c0e12; --ink: #e0e3e7; --dim: #c0c4cb; --line: #30343b; --link: #aebffe;
  --get: #8ccbf7; --post: #99d3a9; --put: #f1af58; --delete: #ffa8a2; --on: #0c0e12;
}
body, html.dark-mode body, html.dark-mode { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.4 var(--font); }
header { padding: 12px 20px; border-bottom: 1px solid var(--line); color: var(--dim); }
header a { margin-right: 8px; color: var(--ink); font-weight: 650; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
html .swagger-ui { font-family: var(--font); }
html .swagger-ui :is(h1, h2, h3, h4, h5, p, table, label, button, .btn, .opblock-tag, .opblock-summary-description,
  .opblock-summary-method, .info .title, .tab li, .parameter__name, .response-col_status) { font-family: var(--font); }
html .swagger-ui .info { margin: 20px 0 8px; }
html .swagger-ui .info .title { font-size: 20px; color: var(--ink); }
html .swagger-ui .info .title small pre, html .swagger-ui .info .title small.version-stamp pre { color: #fff; }
html .swagger-ui .info .title small { background: #49525f; }
html .swagger-ui .info .title small.version-stamp { background: #02723b; }
html .swagger-ui :is(a, .info a, .info__license a, a.nostyle:hover) { color: var(--link); }
html .swagger-ui .scheme-container { margin: 0; padding: 0 0 12px; background: none; box-shadow: none; }
html .swagger-ui .opblock-tag { font-size: 16px; color: var(--ink); border-color: var(--line); }
html .swagger-ui .opblock .opblock-summary-method { color: var(--on); text-shadow: none; }
html .swagger-ui .opblock .opblock-summary-description { color: var(--dim); }
html .swagger-ui .opblock .opblock-summary-path { color: var(--ink); overflow-wrap: anywhere; }
html .swagger-ui .opblock.opblock-get .opblock-summary-method { background: var(--get); }
html .swagger-ui .opblock.opblock-post .opblock-summary-method { background: var(--post); }
html .swagger-ui .opblock:is(.opblock-put, .opblock-patch) .opblock-summary-method { background: var(--put); }
html .swagger-ui .opblock.opblock-delete .opblock-summary-method { background: var(--delete); }
html .swagger-ui [class*='json-schema-2020-12'] { color: var(--dim); }
html .swagger-ui .btn.authorize { color: var(--post); border-color: var(--post); }
html .swagger-ui .btn.authorize svg { fill: var(--post); }
@media (max-width: 767px) {
  html .swagger-ui .wrapper { padding: 0 16px; }
  html .swagger-ui :is(.opblock-body, .responses-wrapper, .parameters-container) { overflow-x: auto; }
}
`;
