/** A text such that its template says what it says: real mail knows no variables. */
export function literal(text: string): string {
  return text.replaceAll(/\{\{|\{%/g, (mark) => `{{ "${mark}" }}`);
}
