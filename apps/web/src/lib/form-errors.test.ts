import { hostEndpoints } from '@patchgate/contracts';
import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { errorsOfIssues, errorsOfRefusal } from './form-errors.js';

const names = ['fqdn', 'address', 'agent_port'];
const refusal = (issues: { path: string; message: string }[], code: 'invalid_request' | 'host_exists') =>
  new ApiError({ status: 400, code, message: 'the whole', issues, requestId: 'r-1' });

describe('what a schema complains about', () => {
  const complaintsAbout = (body: object) => {
    const parsed = hostEndpoints.create.body.safeParse(body);
    if (parsed.success) throw new Error('the body was accepted');
    return errorsOfIssues(parsed.error.issues, names).fields;
  };

  it('stands at each field, in words a person can act on', () => {
    expect(complaintsAbout({ fqdn: '', address: '10.20', agent_port: 70_000 })).toEqual({
      fqdn: 'This is needed.',
      address: 'Expected an IPv4 or IPv6 address such as 10.20.4.17.',
      agent_port: '65535 or less.',
    });
  });

  it('asks for a number where something else was typed', () => {
    const body = { fqdn: 'a', address: '::1', agent_port: Number.NaN };
    expect(complaintsAbout(body)).toEqual({ agent_port: 'A whole number is needed.' });
  });
});

describe('what the server refuses', () => {
  it('stands at the field it names, wherever in the path', () => {
    const errors = errorsOfRefusal(
      refusal([{ path: 'body.address', message: 'is taken' }], 'invalid_request'),
      names,
    );
    expect(errors).toEqual({ fields: { address: 'Is taken.' }, form: null, requestId: null });
  });

  it('stands at the field a conflict is about', () => {
    expect(errorsOfRefusal(refusal([], 'host_exists'), names, { host_exists: 'fqdn' }).fields).toEqual({
      fqdn: 'The whole.',
    });
  });

  it('prefers the field the server names for a conflict', () => {
    const error = refusal([{ path: 'address', message: 'is taken' }], 'host_exists');
    expect(errorsOfRefusal(error, names, { host_exists: 'fqdn' }).fields).toEqual({ address: 'Is taken.' });
  });

  it('is said about the whole, with the request to ask about, when no field is named', () => {
    expect(errorsOfRefusal(refusal([], 'invalid_request'), names)).toEqual({
      fields: {},
      form: 'The whole.',
      requestId: 'r-1',
    });
  });

  it('loses nothing when one issue is about a field this form does not show', () => {
    const issues = [
      { path: 'fqdn', message: 'is odd' },
      { path: 'group_ids', message: 'is gone' },
    ];
    const errors = errorsOfRefusal(refusal(issues, 'invalid_request'), names);
    expect(errors).toEqual({ fields: { fqdn: 'Is odd.' }, form: 'Is gone.', requestId: 'r-1' });
  });

  it('is passed on when it is a defect of the page and no refusal', () => {
    expect(() => errorsOfRefusal(new TypeError('x'), names)).toThrow(TypeError);
  });
});
