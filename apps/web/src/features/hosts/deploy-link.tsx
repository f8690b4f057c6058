import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';

/** Begins an order for this host alone. */
export function DeployLink({ hostId }: { hostId: string }) {
  return (
    <LinkButton to="/deploy" search={{ host: hostId }} leftSection={<Icon name="deploy" />}>
      Deploy
    </LinkButton>
  );
}
