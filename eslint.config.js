import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const clockBans = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'Time comes from the injected Clock (platform/clock).',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time comes from the injected Clock (platform/clock).',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Randomness comes from node:crypto, so that it can be reasoned about.',
  },
];
const defaultExportBan = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a name is what a reader searches for.',
};
const processBans = [
  { name: 'process', message: 'Only main.*.ts reads process; take what you need as a parameter.' },
];
const socketModules = ['net', 'tls', 'dns', 'dns/promises', 'dgram', 'http', 'https', 'http2'];
const socketBans = {
  paths: [...socketModules.flatMap((name) => [name, `node:${name}`]), 'undici'].map((name) => ({
    name,
    allowTypeImports: true,
    message: 'Only packages/dial opens sockets to hosts.',
  })),
};
const processModuleBan = ['process', 'node:process'].map((name) => ({
  name,
  message: 'Only main.*.ts reads process; take what you need as a parameter.',
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.patchgate/**',
      '**/.patchgate-demo/**',
      '.cache/**',
      'test-results/**',
      'playwright-report/**',
      'tests/lint-fixtures/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './apps/web/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/unified-signatures': 'off',
      // A leading underscore says that the place is taken and the value is not wanted.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', defaultExportBan],
      'max-lines': ['error', 300],
    },
  },
  {
    files: ['apps/{agent,fastcgi-health,server}/src/**/*.ts', 'packages/*/src/**/*.ts', 'migrations/*.ts'],
    ignores: ['**/*.test.ts', '**/*.fixture.ts'],
    rules: {
      'no-restricted-syntax': ['error', defaultExportBan, ...clockBans],
      'no-restricted-globals': [
        'error',
        ...processBans,
        { name: 'fetch', message: 'Only packages/dial opens sockets to hosts.' },
      ],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [...socketBans.paths, ...processModuleBan] },
      ],
    },
  },
  {
    files: ['apps/{agent,server}/src/platform/clock/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExportBan] },
  },
  {
    files: ['apps/*/src/main.*.ts'],
    rules: { 'no-restricted-globals': 'off', 'max-lines': ['error', 40] },
  },
  {
    files: ['packages/dial/src/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths: processModuleBan }] },
  },
  {
    files: ['apps/web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-syntax': ['error', defaultExportBan, ...clockBans],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.fixture.ts', 'tests/**', 'e2e/**', 'bench/**', 'faults/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['scripts/**', 'bench/**', 'tests/fixtures/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      '*.config.{js,ts}',
      'apps/{agent,fastcgi-health,web}/*.config.{js,ts}',
      '.dependency-cruiser.cjs',
      'tests/*-reporter.ts',
      'tests/browser-setup.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    ...tseslint.configs.disableTypeChecked,
  },
);
