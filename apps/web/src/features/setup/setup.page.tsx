import { PasswordInput, TextInput } from '@mantine/core';
import { sessionEndpoints } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { setupStateQuery } from '../../lib/session.queries.js';
import { useForm } from '../../lib/use-form.js';
import { FormRefusal, SubmitButton } from '../../ui/form-parts.js';
import { LinkButton } from '../../ui/link-button.js';
import { Note } from '../../ui/note.js';
import { passwordHint } from '../../ui/password-hint.js';
import { PublicFrame } from '../../ui/public-frame.js';
import { useSetup } from './setup.mutations.js';

export function SetupPage() {
  const navigate = useNavigate();
  const state = useQuery(setupStateQuery);
  const setup = useSetup();
  const form = useForm({
    initial: { token: '', username: '', password: '' },
    schema: sessionEndpoints.setup.body,
    send: async (body) => {
      await setup.mutateAsync(body);
      await navigate({ to: '/' });
    },
  });
  if (state.data?.needed === false) {
    return (
      <PublicFrame title="Patchgate is set up" form={form}>
        <Note tone="ok">The first administrator exists. Further people are added by an administrator.</Note>
        <LinkButton to="/sign-in">Sign in</LinkButton>
      </PublicFrame>
    );
  }
  return (
    <PublicFrame
      title="Create the first administrator"
      lead="The server printed a one-time set-up token when it started. It is asked for so that only who runs the server can do this."
      form={form}
    >
      <TextInput
        label="Set-up token"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
        {...form.text('token')}
      />
      <TextInput
        label="User name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        {...form.text('username')}
      />
      <PasswordInput
        label="Password"
        description={passwordHint}
        autoComplete="new-password"
        required
        {...form.text('password')}
      />
      <FormRefusal form={form} />
      <SubmitButton form={form} fullWidth>
        Create and sign in
      </SubmitButton>
    </PublicFrame>
  );
}
