export function sign(kind: 'plus' | 'minus'): string {
  switch (kind) {
    case 'plus':
      return '+';
  }
  return '';
}
