import { Container } from '@backstage/ui';
import { GitTokensContent } from './GitTokensContent';

/** The tokens as a page below that of a person's settings, which leaves the margins to it. */
export function GitTokensPage(): JSX.Element {
  return (
    <Container>
      <GitTokensContent />
    </Container>
  );
}
