import { lazy, Suspense } from 'react';

const Page = lazy(() =>
  import('./pages/NotFound/NotFoundPage').then(({ NotFoundPage }) => ({
    default: NotFoundPage,
  })),
);

/** Says that an address leads nowhere and where to look; a portal of either frontend system shows it for every address it does not know. */
export function CallboardNotFoundPage(): JSX.Element {
  return (
    <Suspense fallback={null}>
      <Page />
    </Suspense>
  );
}
