import {
  Sidebar,
  SidebarDivider,
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
import { useLocation } from 'react-router-dom';
import styles from './navModule.module.css';
import { SidebarHead } from './SidebarHead';

/** Pages that are reached from others and would only lengthen the menu. */
const UNLISTED = ['page:catalog-graph', 'page:catalog-import'];

function NavItem({ href, title, icon }: NavContentNavItem): JSX.Element {
  const { pathname } = useLocation();
  const isElsewhere = /^\/callboard\/(apps|audit|blueprints|policies)\b/.test(
    pathname,
  );
  return (
    <SidebarItem
      to={href}
      text={title}
      icon={() => icon}
      // Apps, audit, blueprints and policies lie below the fleet's address without being part of it.
      end={href === '/callboard' && isElsewhere}
    />
  );
}

/** Callboard first, then the rest of the portal; on a phone the same in a bar at the foot. */
function NavContent({
  navItems,
}: {
  navItems: NavContentNavItems;
}): JSX.Element {
  const fleet = navItems.take('page:callboard');
  const apps = navItems.take('page:callboard/apps');
  const audit = navItems.take('page:callboard/audit');
  const blueprints = navItems.take('page:callboard/blueprints');
  const policies = navItems.take('page:callboard/policies');
  const settings = navItems.take('page:user-settings');
  for (const id of UNLISTED) navItems.take(id);
  const others = navItems.rest();
  return (
    <div className={styles.nav}>
      <Sidebar>
        <SidebarHead />
        {[fleet, apps].map(
          item =>
            item && (
              <SidebarGroup
                key={item.href}
                label={item.title}
                icon={item.icon}
                to={item.href}
              >
                <NavItem {...item} />
              </SidebarGroup>
            ),
        )}
        {/* The bar of a phone has room for four groups; the audit is in its menu. */}
        <SidebarGroup label="Menu" icon={<RiMenuLine />}>
          {audit && <NavItem {...audit} />}
          {blueprints && <NavItem {...blueprints} />}
          {policies && <NavItem {...policies} />}
          <SidebarDivider />
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
