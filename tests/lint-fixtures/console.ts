console.log('lost');
