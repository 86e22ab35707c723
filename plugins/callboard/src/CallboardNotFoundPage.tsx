import { lazy, Suspense } from 'react';

const Page = lazy(() =>
  import('./pages/NotFound/NotFoundPage').then(({ NotFoundPage }) => ({
    default: NotFoundPage,
  })),
);

/**
 * Page for addresses that lead nowhere, with links to pages that exist; portals
 * of either frontend system show it for every unknown address.
 */
export function CallboardNotFoundPage(): JSX.Element {
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}
