import { Container } from '@backstage/ui';
import { GitTokensContent } from './GitTokensContent';

/** The tokens as a page below the user settings, which leave the margins to it. */
export function GitTokensPage(): JSX.Element {
  return (
    <Container>
      <GitTokensContent />
    </Container>
  );
}
