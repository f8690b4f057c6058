import { expect, test } from 'vitest';
import { readChildLine } from './child-lines.js';

test('an info line is for the log file only', () => {
  expect(readChildLine('api', '{"level":30,"msg":"listening"}')).toEqual({});
});

test('a warning is shown with its fields, and without the bookkeeping', () => {
  const line =
    '{"level":40,"time":1,"pid":7,"hostname":"h","msg":"health degraded","reason":"poll_lag","lag":31}';
  expect(readChildLine('worker', line)).toEqual({
    isWarning: true,
    terminal: 'worker warning: health degraded reason=poll_lag lag=31',
  });
});

test('an error is shown by its message, not by its stack', () => {
  const line = '{"level":50,"msg":"cannot bind","err":{"message":"EADDRINUSE","stack":"at …"}}';
  expect(readChildLine('api', line)).toEqual({
    isWarning: false,
    terminal: 'api error: cannot bind err=EADDRINUSE',
  });
});

test('what is not a record is shown as it is, because a crash of Node writes plain text', () => {
  expect(readChildLine('api', 'TypeError: x')).toEqual({ terminal: 'api: TypeError: x' });
  expect(readChildLine('api', '{"level":50,"msg":"cut o')).toEqual({
    terminal: 'api: {"level":50,"msg":"cut o',
  });
  expect(readChildLine('api', '')).toEqual({});
});

test('the authority of the certificate is handed on instead of being shown as it is', () => {
  expect(readChildLine('api', '{"ca_certificate":"-----BEGIN CERTIFICATE-----"}')).toEqual({
    caCertificate: '-----BEGIN CERTIFICATE-----',
  });
});

test('the set-up token is handed on instead of being logged', () => {
  expect(readChildLine('api', '{"level":30,"msg":"setup token","setup_token":"t"}')).toEqual({
    setupToken: 't',
  });
});
