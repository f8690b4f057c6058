/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {}, // Types alone: there is no module behind the name.
      to: { couldNotResolve: true, pathNot: '^vite/client$' },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'domain-depends-on-nothing',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { pathNot: '^packages/domain/src|temporal-polyfill|rrule-temporal' },
    },
    {
      name: 'contracts-depend-on-zod-only',
      severity: 'error',
      from: { path: '^packages/contracts/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/contracts/src|node_modules/zod/' },
    },
    {
      name: 'agent-sees-contracts-and-service-health-only',
      severity: 'error',
      from: { path: '^apps/agent/', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { path: '^(packages/(?!contracts|service-health)|apps/(?!agent)|tests/)' },
    },
    {
      name: 'fastcgi-front-sees-what-asks-and-what-listens',
      severity: 'error',
      from: { path: '^apps/fastcgi-health/', pathNot: '\\.(test|fixture)\\.ts$' },
      to: { path: '^(packages/(?!dial|probes|service-health)|apps/(?!fastcgi-health)|tests/)' },
    },
    {
      name: 'web-sees-contracts-and-domain-only',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(packages/(?!contracts|domain)|apps/(?!web))' },
    },
    {
      name: 'only-web-features-through-app',
      comment: 'ui <- features <- app; features never import features',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/(features/(?!$1/)|app/)' },
    },
    {
      name: 'web-ui-is-a-leaf',
      severity: 'error',
      from: { path: '^apps/web/src/(ui|lib)/' },
      to: { path: '^apps/web/src/(features|app)/' },
    },
    {
      name: 'platform-never-imports-features',
      severity: 'error',
      from: { path: '^apps/server/src/platform/' },
      to: { path: '^apps/server/src/features/' },
    },
    {
      name: 'repositories-below-services',
      severity: 'error',
      from: { path: '\\.repository\\.ts$' },
      to: { path: '\\.(service|controller|module)\\.ts$' },
    },
    {
      name: 'services-below-controllers',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: { path: '\\.(controller|module)\\.ts$' },
    },
    {
      name: 'controllers-use-services',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: { path: '\\.(repository|entity)\\.ts$' },
    },
    {
      name: 'features-keep-their-repositories',
      comment: "another feature's tables are reached through its service",
      severity: 'error',
      from: { path: '^apps/server/src/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/server/src/features/(?!$1/)[^/]+/.*\\.(repository|entity)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['patchgate-source', 'import', 'node', 'default'],
    },
  },
};
