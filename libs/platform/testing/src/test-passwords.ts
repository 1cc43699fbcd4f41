/** Roles belong to the whole server, which all spec files share: every file must give a role the same password. */
export const testPassword = (role: string): string => `test-${role}`;
