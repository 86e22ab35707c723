import { Component, type ReactNode } from 'react';

interface WhereMountedProps {
  children: ReactNode;
}

interface WhereMountedState {
  isMissing: boolean;
}

/** Omits children that link to a page that the portal has not mounted, because its address is unknown. */
export class WhereMounted extends Component<
  WhereMountedProps,
  WhereMountedState
> {
  static getDerivedStateFromError(): WhereMountedState {
    return { isMissing: true };
  }

  constructor(props: WhereMountedProps) {
    super(props);
    this.state = { isMissing: false };
  }

  render(): ReactNode {
    return this.state.isMissing ? null : this.props.children;
  }
}
