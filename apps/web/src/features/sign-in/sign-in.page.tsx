import { PasswordInput, TextInput } from '@mantine/core';
import { sessionEndpoints } from '@patchgate/contracts';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useForm } from '../../lib/use-form.js';
import { FormRefusal, SubmitButton } from '../../ui/form-parts.js';
import { Note } from '../../ui/note.js';
import { PublicFrame } from '../../ui/public-frame.js';
import { useSignIn } from './sign-in.mutations.js';

export function SignInPage() {
  const { to = '/', ended } = getRouteApi('/sign-in').useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const form = useForm({
    initial: { username: '', password: '' },
    schema: sessionEndpoints.login.body,
    send: async (credentials) => {
      await signIn.mutateAsync(credentials);
      router.history.replace(to);
    },
  });
  return (
    <PublicFrame title="Sign in" form={form}>
      {ended === 'yes' && (
        <Note tone="wait">Your session has ended. Sign in again to go on where you were.</Note>
      )}
      <TextInput
        label="User name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        {...form.text('username')}
      />
      <PasswordInput label="Password" autoComplete="current-password" required {...form.text('password')} />
      <FormRefusal form={form} />
      <SubmitButton form={form} fullWidth>
        Sign in
      </SubmitButton>
    </PublicFrame>
  );
}
