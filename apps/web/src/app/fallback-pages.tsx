import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { EmptyPage } from '../ui/empty-state.js';
import { ErrorState } from '../ui/error-state.js';
import { LinkButton } from '../ui/link-button.js';

export function CrashPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const retry = async (): Promise<void> => {
    await queryClient.resetQueries();
    reset();
    await router.invalidate();
  };
  return (
    <ErrorState what="This page could not be shown." error={error} onRetry={() => void retry()} isPage />
  );
}

export function MissingPage() {
  return (
    <EmptyPage icon="search" title="There is no such page" action={<LinkButton to="/">Overview</LinkButton>}>
      The address may be mistyped, or what it showed may be gone.
    </EmptyPage>
  );
}
