import {
  Sidebar,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  NavContentBlueprint,
  type NavContentNavItem,
  type NavContentNavItems,
} from '@backstage/plugin-app-react';
import { RiMenuLine } from '@remixicon/react';
import styles from './navModule.module.css';
import { SidebarHead } from './SidebarHead';

/** Pages that other pages link to; listing them would only lengthen the menu. */
const UNLISTED = ['page:catalog-graph', 'page:catalog-import'];

function NavItem({ href, title, icon }: NavContentNavItem): JSX.Element {
  return <SidebarItem to={href} text={title} icon={() => icon} />;
}

/** Callboard first, then the rest of the portal; on a phone the same items in a bar at the bottom. */
function NavContent({
  navItems,
}: {
  navItems: NavContentNavItems;
}): JSX.Element {
  const callboard = navItems.take('page:callboard');
  const settings = navItems.take('page:user-settings');
  for (const id of UNLISTED) navItems.take(id);
  const others = navItems.rest();
  return (
    <div className={styles.nav}>
      <Sidebar>
        <SidebarHead />
        {callboard && (
          <SidebarGroup
            label={callboard.title}
            icon={callboard.icon}
            to={callboard.href}
          >
            <NavItem {...callboard} />
          </SidebarGroup>
        )}
        <SidebarGroup label="Menu" icon={<RiMenuLine />}>
          {others.map(item => (
            <NavItem key={item.href} {...item} />
          ))}
        </SidebarGroup>
        <SidebarSpace />
        {settings && (
          <SidebarGroup
            label={settings.title}
            icon={settings.icon}
            to={settings.href}
          >
            <NavItem {...settings} />
          </SidebarGroup>
        )}
      </Sidebar>
    </div>
  );
}

export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [NavContentBlueprint.make({ params: { component: NavContent } })],
});
