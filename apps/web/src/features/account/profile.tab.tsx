import { usePrincipal } from '../../lib/principal.js';
import { roleMeanings, roleWords } from '../../lib/role-words.js';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import classes from './account.module.css';
import { PasswordCard } from './password.card.js';

export function ProfileTab() {
  const { username, display_name: displayName, role } = usePrincipal();
  return (
    <div className={classes.columns}>
      <PasswordCard />
      <Card title="Who you are">
        <FactList
          facts={[
            { name: 'Name', value: displayName },
            { name: 'User name', value: username },
            { name: 'Role', value: roleWords[role] },
            { name: 'That means', value: roleMeanings[role] },
          ]}
        />
      </Card>
    </div>
  );
}
